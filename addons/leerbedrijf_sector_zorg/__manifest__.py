{
    "name": "Leerbedrijf: sector zorg",
    "version": "19.0.1.0.0",
    "summary": "WijkLeerbedrijf Zorg: its route, its skills and its language test",
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
    ],
    "demo": [
        "demo/res_partner_demo.xml",
        "demo/cohort_demo.xml",
        "demo/edition_1_demo.xml",
        "demo/edition_2_demo.xml",
        "demo/edition_3_demo.xml",
        "demo/fallback_demo.xml",
        "demo/intake_demo.xml",
        "demo/candidate_demo.xml",
        "demo/steering_demo.xml",
        "demo/contact_demo.xml",
    ],
}
