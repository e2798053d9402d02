{
    "name": "Leerbedrijf: sector logistiek",
    "version": "19.0.1.0.0",
    "summary": "Leerbedrijf Logistiek: its routes, its skills and its certificates",
    "category": "Human Resources",
    "author": "Leerbedrijf",
    "website": "https://leerbedrijf.example",
    "license": "AGPL-3",
    "depends": [
        "leerbedrijf_core",
    ],
    "data": [
        "data/sector_data.xml",
        "data/hr_skill_data.xml",
        "data/route_data.xml",
        "data/route_task_data.xml",
    ],
    "demo": [
        "demo/res_partner_demo.xml",
        "demo/cohort_demo.xml",
        "demo/template_demo.xml",
        "demo/checklist_demo.xml",
        "demo/agreement_demo.xml",
        "demo/participant_demo.xml",
        "demo/skill_demo.xml",
        "demo/workplace_demo.xml",
    ],
}
